import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  AnnotationMetadataEntryType,
  type App,
  AssetType,
  type IStackSynthesizer,
  type ISynthesisSession,
  type StackAnnotation,
  TerraformAsset,
  TerraformStack,
} from "cdktf";
import { type ICustomSynthesis, invokeAspects } from "cdktf/lib/synthesize/synthesizer";
import { ConstructOrder, type IConstruct } from "constructs";
import { stableJson } from "./stable-json";
import { tokensFromHere } from "./token-memory";

/** Takes what a synth gives, file by file. Paths are relative to the output folder. */
export interface FileSink {
  write(path: string, text: string): void;
  copy(path: string, source: string): void;
}

/** Told of each stack's Terraform JSON, as it is written. */
export type OnStack = (id: string, text: string) => void;

/** Synthesizes an app; its stacks may be given to it one by one, while the tree is built. */
export interface AppWriter {
  /**
   * Synthesizes stacks to which nothing is added any more, all that were built since the last time, and drops what they were
   * made from: only their ids are known afterwards.
   */
  finish(stacks: readonly TerraformStack[]): void;
  /** Synthesizes the stacks that are left, and the manifest of all. */
  end(): void;
}

/**
 * Synthesizes an app as `app.synth()` does, but gives the files to `sink`: cdktf writes each into a folder, and most of a
 * large fleet's synth was to write there, and to remove again, what stood in the output already.
 */
export function appWriter(app: App, sink: FileSink, onStack: OnStack): AppWriter {
  if (app.hclOutput)
    throw new Error("SYNTH_HCL_OUTPUT: the stacks are written as JSON only; docs/decisions/3-json-not-hcl.md says why");
  const forgetTokens = tokensFromHere();
  const session: ISynthesisSession = { outdir: app.outdir, skipValidation: app.skipValidation, manifest: app.manifest };
  return {
    finish: (stacks) => {
      for (const stack of stacks) stack.prepareStack();
      for (const stack of stacks) {
        new StackWriter(stack, sink, onStack).synthesize(session);
        for (const { node } of stack.node.children) stack.node.tryRemoveChild(node.id);
        app.node.tryRemoveChild(stack.node.id);
      }
      forgetTokens();
    },
    end: () => {
      for (const stack of app.node.findAll())
        if (TerraformStack.isStack(stack)) stack.synthesizer = new StackWriter(stack, sink, onStack);
      app.synth();
      sink.copy("manifest.json", join(app.outdir, "manifest.json"));
    },
  };
}

/** What cdktf 0.21's own synthesizer does (its lib/synthesize/synthesizer.js). */
class StackWriter implements IStackSynthesizer {
  constructor(
    private readonly stack: TerraformStack,
    private readonly sink: FileSink,
    private readonly onStack: OnStack,
  ) {}

  synthesize(session: ISynthesisSession): void {
    const { stack } = this;
    invokeAspects(stack);
    if (!session.skipValidation) stack.runAllValidations();
    const entry = session.manifest.forStack(stack);
    const elements = stack.node.findAll(ConstructOrder.POSTORDER);
    for (const element of elements) this.customSynthesis(element, session, entry.workingDirectory);
    // "readonly", and cdktf sets it here too
    (entry as { annotations: StackAnnotation[] }).annotations = annotationsOf(stack);
    const errors = entry.annotations.filter(({ level }) => level === AnnotationMetadataEntryType.ERROR);
    if (errors.length > 0)
      throw new Error(errors.map(({ constructPath, message }) => `[${constructPath}] ${message}`).join("\n"));
    const text = stableJson(stack.toTerraform());
    this.sink.write(entry.synthesizedStackPath, text);
    this.onStack(stack.node.id, text);
  }

  /** Assets go to the sink; what else takes part in a synth writes into the app's folder, as in cdktf. */
  private customSynthesis(element: IConstruct, session: ISynthesisSession, folder: string): void {
    if (element instanceof TerraformAsset && element.type !== AssetType.ARCHIVE) {
      const { sourcePath } = element as unknown as { readonly sourcePath: string };
      if (element.type === AssetType.FILE) this.sink.copy(join(folder, element.path), sourcePath);
      else for (const file of filesBelow(sourcePath)) this.sink.copy(join(folder, element.path, file), join(sourcePath, file));
      return;
    }
    const custom = (element as unknown as Record<symbol, ICustomSynthesis | undefined>)[CUSTOM_SYNTHESIS];
    if (!custom) return;
    mkdirSync(join(session.outdir, folder), { recursive: true });
    custom.onSynthesize(session);
  }
}

/** Where cdktf keeps a construct's part in the synth. */
const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");

const LEVELS: readonly string[] = Object.values(AnnotationMetadataEntryType);

function annotationsOf(stack: TerraformStack): StackAnnotation[] {
  return stack.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => LEVELS.includes(type))
      .map(({ type, data, trace }) => ({
        constructPath: node.path,
        level: type as AnnotationMetadataEntryType,
        message: data as string,
        ...(trace && { stacktrace: trace }),
      })),
  );
}

const listed = new Map<string, readonly string[]>();

/** Paths of the files below a folder that doesn't change during a synth, relative to it. */
function filesBelow(folder: string): readonly string[] {
  const known =
    listed.get(folder) ??
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(folder, file)).isFile());
  listed.set(folder, known);
  return known;
}
