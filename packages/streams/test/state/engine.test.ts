import { testEngine } from './engine-conformance.ts'
import { engineKinds } from './engine-kinds.ts'

for (const { kind, runs } of engineKinds) testEngine(kind, runs)
