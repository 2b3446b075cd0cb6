// convex-helpers 0.1.135

import type { MutationBuilder, QueryBuilder, RegisteredMutation, RegisteredQuery } from "convex/server";

export declare function missingEnvVariableUrl(envVarName: string, whereToGet: string): string;
export declare function missingEnvVariableError(envVarName: string, whereToGet: string): string;
export declare function deploymentName(): string | undefined;
export declare function crud<Q, M>(
  table: any,
  query: QueryBuilder<any, Q>,
  mutation: MutationBuilder<any, M>,
): {
  create: RegisteredMutation<M, any, any>;
  read: RegisteredQuery<Q, any, any>;
  paginate: RegisteredQuery<Q, any, any>;
  update: RegisteredMutation<M, any, any>;
  destroy: RegisteredMutation<M, any, any>;
};
