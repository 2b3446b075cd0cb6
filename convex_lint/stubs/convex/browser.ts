// convex 1.49.0

import type { FunctionReference } from "convex/server";

type Arguments = Record<string, any>;

export declare class ConvexHttpClient {
  constructor(address: string, options?: any);
  backendUrl(): string;
  setAuth(value: string): void;
  clearAuth(): void;
  consistentQuery(query: FunctionReference<any, "public">, args?: Arguments): Promise<any>;
  query(query: FunctionReference<any, "public">, args?: Arguments): Promise<any>;
  mutation(mutation: FunctionReference<any, "public">, args?: Arguments, options?: any): Promise<any>;
  action(action: FunctionReference<any, "public">, args?: Arguments): Promise<any>;
}
export declare class ConvexClient {
  constructor(address: string, options?: any);
  onUpdate(query: FunctionReference<any, "public">, args: Arguments, callback: (result: any) => any, onError?: (e: any) => any): any;
  close(): Promise<void>;
  setAuth(fetchToken: any, onChange?: any): void;
  mutation(mutation: FunctionReference<any, "public">, args: Arguments, options?: any): Promise<any>;
  action(action: FunctionReference<any, "public">, args: Arguments): Promise<any>;
  query(query: FunctionReference<any, "public">, args: Arguments): Promise<any>;
}
