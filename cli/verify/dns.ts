import { createSocket } from "node:dgram";
import { createConnection } from "node:net";
import * as packet from "dns-packet";
import { CLIENT_PREFIX } from "../../model/catalog/client-networks";

/** A name server's address. */
export interface Server {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

export interface Question {
  readonly name: string;
  readonly type: "A" | "NS" | "SOA" | "CAA";
  /** Network that the answer is for, its first address. @default - whoever asks */
  readonly subnet?: string;
}

/** A record of one of the kinds that are asked for. */
export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  /** Address, name, `0 issue "letsencrypt.org"`, or primary server and serial. */
  readonly data: string;
}

export interface Reply {
  /** NOERROR, NXDOMAIN, REFUSED… */
  readonly code: string;
  readonly authoritative: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authorities: readonly DnsRecord[];
  /** Addresses of servers that are named beside them. */
  readonly additionals: readonly DnsRecord[];
  /** Scope of the client-subnet option (RFC 7871). @default - the reply has none */
  readonly scope?: number;
}

/** Asks a server. @throws where it says nothing that is an answer */
export type Ask = (server: Server, question: Question) => Promise<Reply>;

/** Patience for each of three tries, in milliseconds. */
const TRIES = [1500, 2500, 4000];

/** The option's code (RFC 7871). */
const CLIENT_SUBNET = 8;

/** Asks by UDP, again where nothing comes, and by TCP where the answer is too long. */
export const ask: Ask = async (server, question) => {
  for (const patience of TRIES) {
    const reply = await byUdp(server, question, patience);
    if (reply === undefined) continue;
    return reply.flag_tc ? read(await byTcp(server, question)) : read(reply);
  }
  throw new Error(`${server.name} (${server.address}) doesn't answer`);
};

function query(question: Question): { readonly id: number; readonly bytes: Buffer } {
  const id = Math.floor(Math.random() * 65536);
  const options: packet.PacketOpt[] = question.subnet
    ? [{ code: CLIENT_SUBNET, family: 1, sourcePrefixLength: CLIENT_PREFIX, scopePrefixLength: 0, ip: question.subnet }]
    : [];
  const edns: packet.OptAnswer = {
    type: "OPT",
    name: ".",
    udpPayloadSize: 1232,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options,
  };
  const bytes = packet.encode({
    type: "query",
    id,
    flags: 0,
    questions: [{ name: question.name, type: question.type, class: "IN" }],
    additionals: [edns],
  });
  return { id, bytes };
}

/** @returns undefined where nothing came in time */
function byUdp({ address, port }: Server, question: Question, patience: number): Promise<packet.DecodedPacket | undefined> {
  const { id, bytes } = query(question);
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.close();
      settle();
    };
    const timer = setTimeout(() => end(() => resolve(undefined)), patience);
    socket.on("error", () => end(() => resolve(undefined)));
    socket.on("message", (message) => {
      let reply: packet.DecodedPacket;
      try {
        reply = packet.decode(message);
      } catch {
        end(() => reject(new Error(`${address} sends what is no DNS reply`)));
        return;
      }
      // a late reply to another question
      if (reply.id === id && reply.flag_qr) end(() => resolve(reply));
    });
    // connected, so that no other address is heard
    socket.connect(port, address, () => socket.send(bytes));
  });
}

function byTcp({ name, address, port }: Server, question: Question): Promise<packet.DecodedPacket> {
  const { bytes } = query(question);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: address, port, timeout: TRIES.at(-1)! });
    const fail = () => {
      socket.destroy();
      reject(new Error(`${name} (${address}) doesn't answer by TCP`));
    };
    let received = Buffer.alloc(0);
    socket.on("timeout", fail);
    socket.on("error", fail);
    socket.on("close", fail);
    socket.on("connect", () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(bytes.length);
      socket.write(Buffer.concat([length, bytes]));
    });
    socket.on("data", (part) => {
      received = Buffer.concat([received, part]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      try {
        resolve(packet.decode(received.subarray(2)));
      } catch {
        reject(new Error(`${address} sends what is no DNS reply`));
      }
      socket.destroy();
    });
  });
}

function read(reply: packet.DecodedPacket): Reply {
  const edns = reply.additionals?.find((record) => record.type === "OPT");
  const subnet = edns?.options.find((option) => option.code === CLIENT_SUBNET);
  return {
    code: (reply as { readonly rcode?: string }).rcode ?? "NOERROR",
    authoritative: reply.flag_aa,
    answers: records(reply.answers),
    authorities: records(reply.authorities),
    additionals: records(reply.additionals),
    scope: subnet && "scopePrefixLength" in subnet ? subnet.scopePrefixLength : undefined,
  };
}

function records(found: readonly packet.Answer[] = []): readonly DnsRecord[] {
  return found.flatMap((record): DnsRecord[] => {
    const name = record.name.toLowerCase();
    switch (record.type) {
      case "A":
        return [{ name, type: "A", data: record.data }];
      case "CNAME":
      case "NS":
        return [{ name, type: record.type, data: record.data.toLowerCase() }];
      case "SOA":
        return [{ name, type: "SOA", data: `${record.data.mname.toLowerCase()} ${record.data.serial}` }];
      case "CAA":
        return [{ name, type: "CAA", data: `${record.data.flags ?? 0} ${record.data.tag} "${record.data.value}"` }];
      default:
        return [];
    }
  });
}
