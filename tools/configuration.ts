/** Writes the tables of docs/configuration.md: `npm run configuration`. */
import { writeConfigurationDocument } from './configuration/document.ts'

writeConfigurationDocument()
