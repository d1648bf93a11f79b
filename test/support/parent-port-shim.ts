/** Gives a plain Node process the port that Electron gives its utility processes. Loaded with --import before the module under test. */
const parentPort = {
  postMessage: (message: unknown): boolean => process.send?.(message) ?? false,
  on: (_event: 'message', listener: (event: { data: unknown }) => void): NodeJS.Process =>
    process.on('message', (data) => listener({ data })),
};
Object.defineProperty(process, 'parentPort', { value: parentPort });
