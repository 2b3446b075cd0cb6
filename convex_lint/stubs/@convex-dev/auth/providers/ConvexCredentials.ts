// @convex-dev/auth 0.0.95

import type { GenericActionCtx } from "convex/server";
import type { GenericId } from "convex/values";

export declare function ConvexCredentials(config: {
  authorize: (
    credentials: any,
    ctx: GenericActionCtx,
  ) => Promise<{ userId: GenericId<"users">; sessionId?: GenericId<"authSessions"> } | null>;
  crypto?: {
    hashSecret: (secret: string) => Promise<string>;
    verifySecret: (secret: string, hash: string) => Promise<boolean>;
  };
}): any;
