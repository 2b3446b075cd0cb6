// convex-helpers 0.1.135

import type { DocumentByName, GenericDatabaseReader, GenericDatabaseWriter } from "convex/server";

type Rule<Ctx> = (ctx: Ctx, doc: DocumentByName<any, any>) => Promise<boolean>;
export type Rules<Ctx, DataModel> = {
  [table: string]: { read?: Rule<Ctx>; modify?: Rule<Ctx>; insert?: Rule<Ctx> };
};
export type RLSConfig = { defaultPolicy?: "allow" | "deny" };

export declare function wrapDatabaseReader<Ctx>(
  ctx: Ctx,
  db: any,
  rules: Rules<Ctx, any>,
  config?: RLSConfig,
): GenericDatabaseReader;
export declare function wrapDatabaseWriter<Ctx>(
  ctx: Ctx,
  db: any,
  rules: Rules<Ctx, any>,
  config?: RLSConfig,
): GenericDatabaseWriter;
export declare function RowLevelSecurity<Ctx>(
  rules: Rules<Ctx, any>,
  config?: RLSConfig,
): {
  withMutationRLS: (f: (ctx: any, args: any) => any) => (ctx: any, args: any) => any;
  withQueryRLS: (f: (ctx: any, args: any) => any) => (ctx: any, args: any) => any;
};
