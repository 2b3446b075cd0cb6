// convex-helpers 0.1.135

import type {
  DocumentByName,
  FunctionReference,
  GenericMutationCtx,
  OrderedQuery,
  QueryInitializer,
  RegisteredMutation,
} from "convex/server";

export declare function makeMigration(
  internalMutation: any,
  opts?: any,
): (migration: {
  table: string;
  migrateOne: (ctx: GenericMutationCtx, doc: DocumentByName<any, any>) => any;
  customRange?: (q: QueryInitializer) => OrderedQuery;
  batchSize?: number;
}) => RegisteredMutation<"internal", any, any>;
export declare function startMigration(ctx: any, fnRef: FunctionReference, opts?: any): Promise<void>;
export declare function startMigrationsSerially(ctx: any, fnRefs: FunctionReference[]): Promise<void>;
export declare function getStatus(ctx: any, args: { migrations?: FunctionReference[] }): Promise<any[]>;
export declare function cancelMigration(ctx: any, migrationTable: string, migration: any): Promise<any>;
