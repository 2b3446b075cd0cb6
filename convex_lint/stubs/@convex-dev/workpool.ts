// @convex-dev/workpool 0.4.12

import type { FunctionReference, GenericMutationCtx, RegisteredMutation } from "convex/server";
import type { Infer } from "convex/values";
import { v } from "convex/values";
import type { Builder, Given, Registered } from "convex-lint";

type Options = { onComplete?: FunctionReference };
export type WorkId = string;

export declare class Workpool {
  constructor(component: any, options: any);
  enqueueAction(ctx: any, fn: FunctionReference, fnArgs: Record<string, any>, options?: Options): Promise<WorkId>;
  enqueueActionBatch(ctx: any, fn: FunctionReference, argsArray: any[], options?: Options): Promise<WorkId[]>;
  enqueueMutation(ctx: any, fn: FunctionReference, fnArgs: Record<string, any>, options?: Options): Promise<WorkId>;
  enqueueMutationBatch(ctx: any, fn: FunctionReference, argsArray: any[], options?: Options): Promise<WorkId[]>;
  enqueueQuery(ctx: any, fn: FunctionReference, fnArgs: Record<string, any>, options?: Options): Promise<WorkId>;
  enqueueQueryBatch(ctx: any, fn: FunctionReference, argsArray: any[], options?: Options): Promise<WorkId[]>;
  cancel(ctx: any, id: WorkId): Promise<void>;
  cancelAll(ctx: any, options?: any): Promise<void>;
  status(ctx: any, id: WorkId): Promise<any>;
  statusBatch(ctx: any, ids: WorkId[]): Promise<any[]>;
  defineOnComplete<C, H>(args: {
    context?: C;
    handler: Given<
      H,
      (ctx: GenericMutationCtx, args: { workId: WorkId; context: Infer<C>; result: any }) => Promise<void>
    >;
  }): Registered<Builder<"mutation", "internal">, H>;
}
export declare function enqueue(
  component: any,
  ctx: any,
  fnType: string,
  fn: FunctionReference,
  fnArgs: Record<string, any>,
  options: Options,
): Promise<WorkId>;
export declare function enqueueBatch(
  component: any,
  ctx: any,
  fnType: string,
  fn: FunctionReference,
  fnArgsArray: any[],
  options: Options,
): Promise<WorkId[]>;
export declare class NonRetryableError {
  constructor(message: string, options?: any);
}
export declare function isNonRetryableError(error: any): boolean;

export const vWorkId = v.string();
export const vWorkIdValidator = vWorkId;
export const workIdValidator = vWorkId;
