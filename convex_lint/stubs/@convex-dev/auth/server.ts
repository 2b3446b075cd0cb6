// @convex-dev/auth 0.0.95

import type {
  Auth,
  DocumentByName,
  GenericActionCtx,
  GenericMutationCtx,
  GenericQueryCtx,
  RegisteredAction,
  RegisteredMutation,
  RegisteredQuery,
} from "convex/server";
import type { GenericId } from "convex/values";
import { defineTable } from "convex/server";
import { v } from "convex/values";

type Signed = { userId: GenericId<"users">; sessionId: GenericId<"authSessions"> };
type Account = { account: DocumentByName<any, "authAccounts">; user: DocumentByName<any, "users"> };
type User = { userId: GenericId<"users">; existingUserId: GenericId<"users"> | null };

export declare function convexAuth(config: {
  providers: any[];
  jwt?: { customClaims?: (ctx: GenericQueryCtx, args: Signed) => Promise<any> };
  callbacks?: {
    redirect?: (params: { redirectTo: string }) => Promise<string>;
    createOrUpdateUser?: (
      ctx: GenericMutationCtx,
      args: { existingUserId: GenericId<"users"> | null },
    ) => Promise<GenericId<"users">>;
    beforeSessionCreation?: (ctx: GenericMutationCtx, args: { userId: GenericId<"users"> }) => Promise<void>;
    afterUserCreatedOrUpdated?: (ctx: GenericMutationCtx, args: User) => Promise<void>;
  };
}): {
  auth: {
    getUserId: (ctx: { auth: Auth }) => Promise<GenericId<"users"> | null>;
    getSessionId: (ctx: { auth: Auth }) => Promise<GenericId<"authSessions"> | null>;
    addHttpRoutes: (http: any) => void;
  };
  signIn: RegisteredAction<"public", any, any>;
  signOut: RegisteredAction<"public", {}, Promise<void>>;
  store: RegisteredMutation<"internal", any, any>;
  isAuthenticated: RegisteredQuery<"public", {}, Promise<boolean>>;
};

export declare function getAuthUserId(ctx: { auth: Auth }): Promise<GenericId<"users"> | null>;
export declare function getAuthSessionId(ctx: { auth: Auth }): Promise<GenericId<"authSessions"> | null>;
export declare function createAccount(ctx: GenericActionCtx, args: any): Promise<Account>;
export declare function retrieveAccount(ctx: GenericActionCtx, args: any): Promise<Account>;
export declare function modifyAccountCredentials(ctx: GenericActionCtx, args: any): Promise<void>;
export declare function invalidateSessions(
  ctx: GenericActionCtx,
  args: { userId: GenericId<"users">; except?: GenericId<"authSessions">[] },
): Promise<void>;
export declare function signInViaProvider(
  ctx: GenericActionCtx,
  provider: any,
  args: { accountId?: GenericId<"authAccounts">; params?: any },
): Promise<Signed | null>;

export const authTables = {
  users: defineTable({
    name: v.optional(v.string()),
    image: v.optional(v.string()),
    email: v.optional(v.string()),
    emailVerificationTime: v.optional(v.number()),
    phone: v.optional(v.string()),
    phoneVerificationTime: v.optional(v.number()),
    isAnonymous: v.optional(v.boolean()),
  })
    .index("email", ["email"])
    .index("phone", ["phone"]),
  authSessions: defineTable({ userId: v.id("users"), expirationTime: v.number() }).index("userId", ["userId"]),
  authAccounts: defineTable({
    userId: v.id("users"),
    provider: v.string(),
    providerAccountId: v.string(),
    secret: v.optional(v.string()),
    emailVerified: v.optional(v.string()),
    phoneVerified: v.optional(v.string()),
  })
    .index("userIdAndProvider", ["userId", "provider"])
    .index("providerAndAccountId", ["provider", "providerAccountId"]),
  authRefreshTokens: defineTable({
    sessionId: v.id("authSessions"),
    expirationTime: v.number(),
    firstUsedTime: v.optional(v.number()),
    parentRefreshTokenId: v.optional(v.id("authRefreshTokens")),
  })
    .index("sessionId", ["sessionId"])
    .index("sessionIdAndParentRefreshTokenId", ["sessionId", "parentRefreshTokenId"]),
  authVerificationCodes: defineTable({
    accountId: v.id("authAccounts"),
    provider: v.string(),
    code: v.string(),
    expirationTime: v.number(),
    verifier: v.optional(v.string()),
    emailVerified: v.optional(v.string()),
    phoneVerified: v.optional(v.string()),
  })
    .index("accountId", ["accountId"])
    .index("code", ["code"]),
  authVerifiers: defineTable({ sessionId: v.optional(v.id("authSessions")), signature: v.optional(v.string()) }).index(
    "signature",
    ["signature"],
  ),
  authRateLimits: defineTable({
    identifier: v.string(),
    lastAttemptTime: v.number(),
    attemptsLeft: v.number(),
  }).index("identifier", ["identifier"]),
};
