// convex-helpers 0.1.135

import { v } from "convex/values";

export type SessionId = string;

export const vSessionId = v.string();
export const SessionIdArg = { sessionId: vSessionId };
