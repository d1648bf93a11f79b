import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const BINARY = {
  darwin: (name) => `${name}.app/Contents/MacOS/${name}`,
  linux: (_name, executable) => executable,
  win32: (name) => `${name}.exe`,
};

/** Turns off every way to use the packaged binary as something else. Run by electron-builder after the files are in place. */
export default async function afterPack(context) {
  const { productFilename } = context.packager.appInfo;
  const binary = BINARY[context.electronPlatformName](productFilename, context.packager.executableName);
  await flipFuses(join(context.appOutDir, binary), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.WasmTrapHandlers]: true,
  });
}
