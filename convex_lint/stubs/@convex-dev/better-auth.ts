// @convex-dev/better-auth 0.12.5

import type {
  FunctionReference,
  GenericActionCtx,
  GenericMutationCtx,
  GenericQueryCtx,
  RegisteredMutation,
  RegisteredQuery,
} from "convex/server";

export type GenericCtx<DataModel> = GenericQueryCtx | GenericMutationCtx | GenericActionCtx;
export type CreateAuth<DataModel> = (ctx: GenericCtx<DataModel>) => any;
export type AuthFunctions = {
  onCreate?: FunctionReference;
  onUpdate?: FunctionReference;
  onDelete?: FunctionReference;
};

export declare function createClient(
  component: any,
  config?: {
    verbose?: boolean;
    authFunctions?: AuthFunctions;
    triggers?: {
      [table: string]: {
        onCreate?: (ctx: GenericMutationCtx, doc: any) => Promise<void>;
        onUpdate?: (ctx: GenericMutationCtx, newDoc: any, oldDoc: any) => Promise<void>;
        onDelete?: (ctx: GenericMutationCtx, doc: any) => Promise<void>;
      };
    };
  },
): {
  adapter: (ctx: any) => any;
  getAuth: (createAuth: any, ctx: any) => Promise<{ auth: any; headers: any }>;
  getHeaders: (ctx: any) => Promise<any>;
  safeGetAuthUser: (ctx: any) => Promise<any>;
  getAuthUser: (ctx: any) => Promise<any>;
  getAnyUserById: (ctx: any, id: string) => Promise<any>;
  setUserId: (ctx: any, authId: string, userId: string) => Promise<void>;
  clientApi: () => { getAuthUser: RegisteredQuery<"public", any, any> };
  triggersApi: () => {
    onCreate: RegisteredMutation<"internal", any, any>;
    onUpdate: RegisteredMutation<"internal", any, any>;
    onDelete: RegisteredMutation<"internal", any, any>;
  };
  registerRoutes: (http: any, createAuth: CreateAuth<any>, opts?: any) => void;
  registerRoutesLazy: (http: any, createAuth: any, opts?: any) => void;
};
export declare function convexAdapter(ctx: any, api: any, config?: { authFunctions?: AuthFunctions }): any;
export declare function createApi(
  schema: any,
  createAuthOptions: (ctx: any) => any,
): {
  create: RegisteredMutation<"public", any, any>;
  findOne: RegisteredQuery<"public", any, any>;
  findMany: RegisteredQuery<"public", any, any>;
  updateOne: RegisteredMutation<"public", any, any>;
  updateMany: RegisteredMutation<"public", any, any>;
  deleteOne: RegisteredMutation<"public", any, any>;
  deleteMany: RegisteredMutation<"public", any, any>;
};
