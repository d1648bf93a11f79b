/** The one platform type that the contract names; every host has it. The engine project has neither DOM nor Node types. */
interface AbortSignal {
  readonly aborted: boolean;
}
