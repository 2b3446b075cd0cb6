// convex-helpers 0.1.135

import type { MutationBuilder, QueryBuilder, RegisteredMutation, RegisteredQuery } from "convex/server";

export declare function crud<Q = "internal", M = "internal">(
  schema: any,
  table: string,
  query?: QueryBuilder<any, Q>,
  mutation?: MutationBuilder<any, M>,
): {
  create: RegisteredMutation<M, any, any>;
  read: RegisteredQuery<Q, any, any>;
  paginate: RegisteredQuery<Q, any, any>;
  update: RegisteredMutation<M, any, any>;
  destroy: RegisteredMutation<M, any, any>;
};
