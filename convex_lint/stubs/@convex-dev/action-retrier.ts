// @convex-dev/action-retrier 0.3.1

import type { FunctionReference } from "convex/server";

type Options = { onComplete?: FunctionReference };
export type RunId = string;

export declare class ActionRetrier {
  constructor(component: any, options?: any);
  run(ctx: any, reference: FunctionReference, args?: Record<string, any>, options?: Options): Promise<RunId>;
  runAt(
    ctx: any,
    runAtTimestampMs: number,
    reference: FunctionReference,
    args?: Record<string, any>,
    options?: Options,
  ): Promise<RunId>;
  runAfter(ctx: any, runAfterMs: number, reference: FunctionReference, args?: Record<string, any>, options?: Options): Promise<RunId>;
  status(ctx: any, runId: RunId): Promise<any>;
  cancel(ctx: any, runId: RunId): Promise<void>;
  cleanup(ctx: any, runId: RunId): Promise<void>;
}
