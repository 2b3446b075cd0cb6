// convex-helpers 0.1.135

import type { DocumentByName, GenericDatabaseWriter, GenericMutationCtx } from "convex/server";
import type { GenericId } from "convex/values";

export type Change<DataModel, T> = {
  id: GenericId<T>;
  operation: string;
  oldDoc: DocumentByName<DataModel, T> | null;
  newDoc: DocumentByName<DataModel, T> | null;
};
export type Trigger<Ctx, DataModel, T> = (
  ctx: Ctx & { innerDb: GenericDatabaseWriter },
  change: Change<DataModel, T>,
) => Promise<void>;

export declare class Triggers {
  // The type argument of the class may add to ctx, which is not followed.
  register<T>(tableName: T, trigger: Trigger<GenericMutationCtx & any, any, T>): void;
  wrapDB<C extends GenericMutationCtx>(ctx: C): C;
}
export declare function writerWithTriggers(
  ctx: any,
  innerDb: any,
  triggers: any,
  isWithinTrigger?: boolean,
): GenericDatabaseWriter;
