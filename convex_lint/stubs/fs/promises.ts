// @types/node 26.6.6: of Node itself

import * as all from "fs/promises";

export default all;

export declare function access(...args: any[]): Promise<any>;
export declare function appendFile(...args: any[]): Promise<any>;
export declare function chmod(...args: any[]): Promise<any>;
export declare function chown(...args: any[]): Promise<any>;
export declare function copyFile(...args: any[]): Promise<any>;
export declare function cp(...args: any[]): Promise<any>;
export declare function lchown(...args: any[]): Promise<any>;
export declare function link(...args: any[]): Promise<any>;
export declare function lstat(...args: any[]): Promise<any>;
export declare function lutimes(...args: any[]): Promise<any>;
export declare function mkdir(...args: any[]): Promise<any>;
export declare function mkdtemp(...args: any[]): Promise<any>;
export declare function open(...args: any[]): Promise<any>;
export declare function opendir(...args: any[]): Promise<any>;
export declare function readFile(...args: any[]): Promise<any>;
export declare function readdir(...args: any[]): Promise<any>;
export declare function readlink(...args: any[]): Promise<any>;
export declare function realpath(...args: any[]): Promise<any>;
export declare function rename(...args: any[]): Promise<any>;
export declare function rm(...args: any[]): Promise<any>;
export declare function rmdir(...args: any[]): Promise<any>;
export declare function stat(...args: any[]): Promise<any>;
export declare function statfs(...args: any[]): Promise<any>;
export declare function symlink(...args: any[]): Promise<any>;
export declare function truncate(...args: any[]): Promise<any>;
export declare function unlink(...args: any[]): Promise<any>;
export declare function utimes(...args: any[]): Promise<any>;
export declare function writeFile(...args: any[]): Promise<any>;
