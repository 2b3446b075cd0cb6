// convex-helpers 0.1.135: the module for zod 3, under its former name

export * from "convex-helpers/server/zod3";
