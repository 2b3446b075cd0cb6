// convex-helpers 0.1.135

import type { FunctionReference, RegisteredMutation } from "convex/server";

export declare function makeActionRetrier(
  retryFnName: string,
  options?: any,
): {
  runWithRetries: (ctx: any, action: FunctionReference, actionArgs: any, options?: any) => Promise<void>;
  retry: RegisteredMutation<"internal", any, any>;
};
export declare function withJitter(delay: number): number;
