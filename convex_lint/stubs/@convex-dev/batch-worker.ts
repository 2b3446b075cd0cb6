// @convex-dev/batch-worker 0.3.6

import type { FunctionReference } from "convex/server";

export declare function ping(
  ctx: any,
  component: any,
  args: { workQuery: FunctionReference; workerMutation: FunctionReference },
): Promise<void>;
export declare function defineBatchWorkerValidators(spec: any): any;
export declare function vBatchResult(batch: any): any;
