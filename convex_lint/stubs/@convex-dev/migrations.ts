// @convex-dev/migrations 0.3.6

import type {
  DocumentByName,
  FunctionReference,
  GenericMutationCtx,
  OrderedQuery,
  QueryInitializer,
  RegisteredMutation,
} from "convex/server";
import type { Builder, Given, Registered } from "convex-lint";

export declare class Migrations {
  constructor(component: any, options?: any);
  runner(migrations?: FunctionReference | FunctionReference[]): RegisteredMutation<"internal", any, any>;
  define<T, H>(migration: {
    table: T;
    migrateOne: Given<H, (ctx: GenericMutationCtx, doc: DocumentByName<any, T>) => any>;
    customRange?: (q: QueryInitializer) => OrderedQuery;
    batchSize?: number;
    parallelize?: boolean;
  }): Registered<Builder<"mutation", "internal">, H>;
  runOne(ctx: any, fnRef: FunctionReference, opts?: any): Promise<any>;
  runSerially(ctx: any, fnRefs: FunctionReference[]): Promise<any>;
  getStatus(ctx: any, args: { migrations?: FunctionReference[]; limit?: number }): Promise<any[]>;
  cancel(ctx: any, migration: FunctionReference): Promise<any>;
  cancelAll(ctx: any): Promise<any[]>;
}
export declare function runToCompletion(ctx: any, component: any, fnRef: FunctionReference, opts?: any): Promise<any>;
export declare function isNewFormatCursor(cursor: string | null): boolean;
