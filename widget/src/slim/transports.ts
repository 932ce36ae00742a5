/** The library's list of transports, empty: those we use are given to it (engine.ts). */
export const transports = {};
