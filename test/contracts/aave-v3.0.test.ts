import { RELEASE_3_0 } from '../support/chain/aave/release-3.0.ts';
import { claimsOfPool } from './pool-claims.ts';

claimsOfPool(RELEASE_3_0);
