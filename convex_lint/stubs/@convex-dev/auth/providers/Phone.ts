// @convex-dev/auth 0.0.95

import type { GenericActionCtx } from "convex/server";

export declare function Phone(config: {
  sendVerificationRequest: (params: any, ctx: GenericActionCtx) => Promise<void>;
  authorize?: (params: any, account: any) => Promise<void>;
}): any;
