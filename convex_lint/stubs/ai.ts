// ai 6.0.326: of the functions, those that a backend uses

export declare function consumeStream(options: any): Promise<void>;
export declare function convertToModelMessages(messages: any[], options?: any): Promise<any[]>;
export declare function cosineSimilarity(vector1: number[], vector2: number[]): number;
export declare function embed(options: any): Promise<any>;
export declare function embedMany(options: any): Promise<any>;
export declare function experimental_generateImage(options: any): Promise<any>;
export declare function experimental_generateSpeech(options: any): Promise<any>;
export declare function experimental_transcribe(options: any): Promise<any>;
export declare function generateImage(options: any): Promise<any>;
export declare function generateObject(options: any): Promise<any>;
export declare function generateText(options: any): Promise<any>;
export declare function parsePartialJson(jsonText: string | undefined): Promise<any>;
export declare function rerank(options: any): Promise<any>;
export declare function validateUIMessages(options: any): Promise<any[]>;
