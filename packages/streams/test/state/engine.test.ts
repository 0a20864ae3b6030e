import { testEngine } from './engine-conformance.ts'
import { testEngineConsistency } from './engine-consistency.ts'
import { engineKinds } from './engine-kinds.ts'

for (const { kind, runs } of engineKinds) {
  testEngine(kind, runs)
  testEngineConsistency(kind, runs)
}
