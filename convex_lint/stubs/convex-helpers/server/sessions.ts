// convex-helpers 0.1.135

import type { FunctionReference } from "convex/server";
import { v } from "convex/values";

export type SessionId = string;

export const vSessionId = v.string();
export const SessionIdArg = { sessionId: vSessionId };

export declare function runSessionFunctions(
  ctx: any,
  sessionId: SessionId,
): {
  runSessionQuery(query: FunctionReference, ...args: any[]): Promise<any>;
  runSessionMutation(mutation: FunctionReference, ...args: any[]): Promise<any>;
  runSessionAction(action: FunctionReference, ...args: any[]): Promise<any>;
};
