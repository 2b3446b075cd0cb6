// convex 1.49.0

import type { FunctionReference } from "convex/server";

type Arguments = Record<string, any>;

export declare class ConvexReactClient {
  constructor(address: string, options?: any);
  setAuth(fetchToken: any, onChange?: any, onRefreshChange?: any): void;
  clearAuth(): void;
  watchQuery(query: FunctionReference<any, "public">, args?: Arguments, options?: any): any;
  mutation(mutation: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
  action(action: FunctionReference<any, "public">, args?: Arguments): Promise<any>;
  query(query: FunctionReference<any, "public">, args?: Arguments): Promise<any>;
  close(): Promise<void>;
}
export declare function useConvex(): ConvexReactClient;
export declare function useQuery(query: FunctionReference<any, "public">, args?: Arguments): any;
// Of its arguments one, `paginationOpts`, is given by the hook.
export declare function usePaginatedQuery(query: FunctionReference<any, "public">, args: any, options: any): any;
export declare function useMutation(mutation: FunctionReference<any, "public">): any;
export declare function useAction(action: FunctionReference<any, "public">): any;
