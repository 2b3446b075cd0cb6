// @convex-dev/rag 0.7.6

import type { FunctionReference, GenericActionCtx, GenericMutationCtx } from "convex/server";
import type { Builder, Given, Registered } from "convex-lint";

type Options = { onComplete?: FunctionReference };

export declare class RAG {
  constructor(component: any, options: any);
  add(ctx: any, args: Options): Promise<any>;
  addAsync(ctx: any, args: { onComplete?: FunctionReference; chunkerAction: FunctionReference }): Promise<any>;
  delete(ctx: any, args: any): Promise<void>;
  deleteAsync(ctx: any, args: any): Promise<void>;
  deleteByKey(ctx: any, args: any): Promise<void>;
  deleteByKeyAsync(ctx: any, args: any): Promise<void>;
  findEntryByContentHash(ctx: any, args: any): Promise<any>;
  generateText(ctx: any, args: any): Promise<any>;
  getEntry(ctx: any, args: any): Promise<any>;
  getNamespace(ctx: any, args: any): Promise<any>;
  getOrCreateNamespace(ctx: any, args: Options): Promise<any>;
  list(ctx: any, args: any): Promise<any>;
  listChunks(ctx: any, args: any): Promise<any>;
  search(ctx: any, args: any): Promise<any>;
  defineOnComplete<H>(
    fn: Given<H, (ctx: GenericMutationCtx, args: any) => Promise<void>>,
  ): Registered<Builder<"mutation", "internal">, H>;
  defineChunkerAction<H>(
    fn: Given<H, (ctx: GenericActionCtx, args: any) => any>,
  ): Registered<Builder<"action", "internal">, H>;
}
export declare function contentHashFromArrayBuffer(buffer: any, algorithm?: string): Promise<string>;
export declare function defaultChunker(text: string, options?: any): string[];
export declare function getModelId(embeddingModel: any): string;
export declare function getProviderName(embeddingModel: any): string;
export declare function guessMimeTypeFromContents(buf: any): string;
export declare function guessMimeTypeFromExtension(filename: string): string | undefined;
export declare function hybridRank(sortedResults: any[], opts?: any): any[];
