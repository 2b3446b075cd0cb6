// @convex-dev/react-query 0.1.0

import type { FunctionReference } from "convex/server";

type Arguments = Record<string, any>;

export { useConvex } from "convex/react";
export declare function useConvexQuery(query: FunctionReference<any, "public">, args?: Arguments): any;
// Of its arguments one, `paginationOpts`, is given by the hook.
export declare function useConvexPaginatedQuery(query: FunctionReference<any, "public">, args: any, options: any): any;
export declare function useConvexMutation(mutation: FunctionReference<any, "public">): any;
export declare function useConvexAction(action: FunctionReference<any, "public">): any;
export declare function convexQuery(query: FunctionReference<any, "public">, args?: Arguments): any;
export declare function convexAction(action: FunctionReference<any, "public">, args?: Arguments): any;
