// @convex-dev/agent 0.7.3

import type { StreamObjectResult, StreamTextResult } from "ai";
import type { GenericActionCtx, RegisteredAction, RegisteredMutation, RegisteredQuery } from "convex/server";

export type ToolCtx<DataModel> = GenericActionCtx & {
  agent?: Agent;
  userId?: string;
  threadId?: string;
  messageId?: string;
};

type Handlers = {
  usageHandler?: (ctx: GenericActionCtx, args: any) => void | Promise<void>;
  contextHandler?: (ctx: GenericActionCtx, args: any) => any;
};
type AllHandlers = Handlers & {
  rawRequestResponseHandler?: (ctx: GenericActionCtx, args: any) => void | Promise<void>;
};
type Custom = { customCtx?: (ctx: GenericActionCtx, target: any, llmArgs: any) => any };

// `handler` is the former name of `execute`.
export declare function createTool(def: {
  execute?: (ctx: ToolCtx<any>, input: any, options: any) => any;
  handler?: (ctx: ToolCtx<any>, input: any, options: any) => any;
  needsApproval?: (ctx: ToolCtx<any>, input: any, options: any) => any;
  onInputStart?: (ctx: ToolCtx<any>, options: any) => void | Promise<void>;
  onInputDelta?: (ctx: ToolCtx<any>, options: any) => void | Promise<void>;
  onInputAvailable?: (ctx: ToolCtx<any>, options: any) => void | Promise<void>;
  toModelOutput?: (ctx: ToolCtx<any>, options: any) => any;
}): any;

declare class AgentThread {
  getMetadata(): Promise<any>;
  updateMetadata(patch: any): Promise<any>;
  generateText(args: any, options?: any): Promise<any>;
  streamText(args: any, options?: any): Promise<StreamTextResult>;
  generateObject(args: any, options?: any): Promise<any>;
  streamObject(args: any, options?: any): Promise<StreamObjectResult>;
}

export declare class Agent {
  constructor(component: any, options: AllHandlers);
  createThread(ctx: any, args?: any): Promise<{ threadId: string; thread: AgentThread }>;
  continueThread(ctx: any, args: any): Promise<{ thread: AgentThread }>;
  start(ctx: any, args: any, options?: Handlers, operation?: string): Promise<any>;
  generateText(ctx: any, threadOpts: any, args: any, options?: Handlers): Promise<any>;
  streamText(ctx: any, threadOpts: any, args: any, options?: Handlers): Promise<StreamTextResult>;
  generateObject(ctx: any, threadOpts: any, args: any, options?: Handlers): Promise<any>;
  streamObject(ctx: any, threadOpts: any, args: any, options?: Handlers): Promise<StreamObjectResult>;
  saveMessage(ctx: any, args: any): Promise<any>;
  saveMessages(ctx: any, args: any): Promise<any>;
  listMessages(ctx: any, args: any): Promise<any>;
  syncStreams(ctx: any, args: any): Promise<any>;
  fetchContextMessages(ctx: any, args: any): Promise<any[]>;
  getThreadMetadata(ctx: any, args: any): Promise<any>;
  updateThreadMetadata(ctx: any, args: any): Promise<any>;
  generateEmbeddings(ctx: any, args: any, messages: any[]): Promise<any>;
  generateAndSaveEmbeddings(ctx: any, args: any): Promise<void>;
  approveToolCall(ctx: any, args: any): Promise<any>;
  denyToolCall(ctx: any, args: any): Promise<any>;
  saveStep(ctx: any, args: any): Promise<any>;
  saveObject(ctx: any, args: any): Promise<any>;
  finalizeMessage(ctx: any, args: any): Promise<void>;
  updateMessage(ctx: any, args: any): Promise<void>;
  deleteMessages(ctx: any, args: any): Promise<void>;
  deleteMessage(ctx: any, args: any): Promise<void>;
  deleteMessageRange(ctx: any, args: any): Promise<any>;
  deleteThreadAsync(ctx: any, args: any): Promise<void>;
  deleteThreadSync(ctx: any, args: any): Promise<void>;
  createThreadMutation(): RegisteredMutation<"internal", any, any>;
  asTextAction(spec: Custom, overrides?: any): RegisteredAction<"internal", any, any>;
  asObjectAction(args: any, options?: Custom): RegisteredAction<"internal", any, any>;
  asSaveMessagesMutation(): RegisteredMutation<"internal", any, any>;
}

export declare class DeltaStreamer {
  constructor(component: any, ctx: any, config: any, metadata: any);
  getStreamId(): Promise<string>;
  getOrCreateStreamId(options?: any): Promise<string | undefined>;
  addParts(parts: any[]): Promise<void>;
  consumeStream(stream: any): Promise<void>;
  flushAndStopAccepting(): Promise<void>;
  finish(): Promise<void>;
  fail(reason: string): Promise<void>;
}

export declare function abortStream(ctx: any, component: any, args: any): Promise<boolean>;
export declare function createThread(ctx: any, component: any, args?: any): Promise<string>;
export declare function embedMany(ctx: any, args: any): Promise<any>;
export declare function embedMessages(ctx: any, args: any, messages: any[]): Promise<any>;
export declare function fetchContextMessages(ctx: any, component: any, args: any): Promise<any[]>;
export declare function fetchContextWithPrompt(ctx: any, component: any, args: AllHandlers): Promise<any>;
export declare function fromUIMessages(messages: any[], meta: any): Promise<any[]>;
export declare function generateAndSaveEmbeddings(ctx: any, component: any, args: any, messages: any[]): Promise<void>;
export declare function getFile(ctx: any, component: any, fileId: string): Promise<any>;
export declare function getThreadMetadata(ctx: any, component: any, args: any): Promise<any>;
export declare function listMessages(ctx: any, component: any, args: any): Promise<any>;
export declare function listStreams(ctx: any, component: any, args: any): Promise<any[]>;
export declare function listUIMessages(ctx: any, component: any, args: any): Promise<any>;
export declare function saveMessage(ctx: any, component: any, args: any): Promise<any>;
export declare function saveMessages(ctx: any, component: any, args: any): Promise<any>;
export declare function searchThreadTitles(ctx: any, component: any, args: any): Promise<any[]>;
export declare function serializeMessage(ctx: any, component: any, message: any): Promise<any>;
export declare function startGeneration(ctx: any, component: any, args: any, options: any): Promise<any>;
export declare function storeFile(ctx: any, component: any, blob: any, args?: any): Promise<any>;
export declare function syncStreams(ctx: any, component: any, args: any): Promise<any>;
export declare function updateThreadMetadata(ctx: any, component: any, args: any): Promise<any>;
export declare function docsToModelMessages(messages: any[]): any[];
export declare function deserializeMessage(message: any): any;
export declare function extractText(message: any): string | undefined;
export declare function filterOutOrphanedToolMessages(docs: any[]): any[];
export declare function guessMimeType(buf: any): string;
export declare function isTool(message: any): boolean;
export declare function mockModel(args?: any): any;
export declare function serializeDataOrUrl(dataOrUrl: any): any;
export declare function sorted(messages: any[], order?: string): any[];
export declare function toModelMessage(message: any): any;
export declare function toUIFilePart(part: any): any;
export declare function toUIMessages(messages: any[]): any[];
export declare function definePlaygroundAPI(
  component: any,
  args: { agents: any; userNameLookup?: any },
): {
  isApiKeyValid: RegisteredQuery<"public", any, any>;
  listUsers: RegisteredQuery<"public", any, any>;
  listThreads: RegisteredQuery<"public", any, any>;
  listMessages: RegisteredQuery<"public", any, any>;
  listAgents: RegisteredQuery<"public", any, any>;
  createThread: RegisteredMutation<"public", any, any>;
  generateText: RegisteredAction<"public", any, any>;
  fetchPromptContext: RegisteredAction<"public", any, any>;
};
