import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import * as packet from "dns-packet";

/** What a server answers one question. */
export interface Scripted {
  readonly answers?: readonly packet.Answer[];
  readonly authorities?: readonly packet.Answer[];
  readonly additionals?: readonly packet.Answer[];
  /** @default NOERROR */
  readonly code?: "NOERROR" | "NXDOMAIN" | "REFUSED" | "SERVFAIL";
  /** Scope of the client-subnet option. @default - the reply has no such option */
  readonly scope?: number;
  /** @default true */
  readonly authoritative?: boolean;
  /** Send no answer by UDP but that it is too long. @default false */
  readonly tooLong?: boolean;
}

/** @returns undefined to say nothing at all */
export type Script = (question: packet.Question, subnet: string | undefined) => Scripted | undefined;

export interface DnsServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const CLIENT_SUBNET = 8;
const CODES = { NOERROR: 0, NXDOMAIN: 3, REFUSED: 5, SERVFAIL: 2 } as const;

/** A name server on loopback, by UDP and TCP. */
export async function dnsServer(script: Script): Promise<DnsServer> {
  const tcp = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (message) => {
      const reply = replyTo(message.subarray(2), script, false);
      if (!reply) return;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      socket.end(Buffer.concat([length, reply]));
    });
  });
  const { udp, port } = await boundTogether(tcp);
  udp.on("message", (message, { port: from, address }) => {
    const reply = replyTo(message, script, true);
    if (reply) udp.send(reply, from, address);
  });
  return {
    port,
    close: async () => {
      udp.close();
      tcp.close();
      await Promise.all([once(udp, "close"), once(tcp, "close")]);
    },
  };
}

/** One port for both: where another program has that of TCP's for UDP, the next. */
async function boundTogether(tcp: Server): Promise<{ readonly udp: Socket; readonly port: number }> {
  tcp.listen(0, "127.0.0.1");
  await once(tcp, "listening");
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket("udp4").bind(port, "127.0.0.1");
  try {
    await once(udp, "listening");
    return { udp, port };
  } catch {
    tcp.close();
    await once(tcp, "close");
    return boundTogether(tcp);
  }
}

function replyTo(message: Buffer, script: Script, byUdp: boolean): Buffer | undefined {
  const query = packet.decode(message);
  const question = query.questions![0]!;
  const edns = query.additionals?.find((record) => record.type === "OPT");
  const asked = edns?.options.find((option) => option.code === CLIENT_SUBNET);
  const subnet = asked && "ip" in asked ? asked.ip : undefined;
  const scripted = script(question, subnet);
  if (!scripted) return undefined;
  const { answers = [], authorities = [], additionals = [], code = "NOERROR", scope, authoritative = true } = scripted;
  const truncated = byUdp && scripted.tooLong;
  const options: packet.PacketOpt[] =
    scope === undefined || subnet === undefined
      ? []
      : [{ code: CLIENT_SUBNET, family: 1, sourcePrefixLength: 24, scopePrefixLength: scope, ip: subnet }];
  return packet.encode({
    type: "response",
    id: query.id,
    flags:
      (authoritative ? packet.AUTHORITATIVE_ANSWER : packet.RECURSION_AVAILABLE) |
      (truncated ? packet.TRUNCATED_RESPONSE : 0) |
      CODES[code],
    questions: [question],
    answers: truncated ? [] : [...answers],
    authorities: [...authorities],
    additionals: [
      ...additionals,
      { type: "OPT", name: ".", udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options },
    ],
  });
}
