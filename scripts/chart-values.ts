import { OPTION_NAMES, type OptionName } from '../src/config/options.ts'
import { optionProperties } from './options-schema.ts'

/** The chart sets them, or provides no port, file or volume that they need. */
const NOT_IN_CHART =
  /^(?:host|port|db|seed|control_token|control_port|behind_balancer|metrics|tls.*|edge_.*|gateway_.*)$/

function isChartOption(name: OptionName): boolean {
  return !NOT_IN_CHART.test(name)
}

const TEXT = { type: 'string' }
const SWITCH = { type: 'boolean' }
const COUNT = { type: 'integer', minimum: 1 }
const TEXTS = { type: 'object', additionalProperties: TEXT }
const QUANTITY = { type: 'string', pattern: '^[0-9.]+[A-Za-z]*$' }
const OBJECTS = { type: 'array', items: { type: 'object' } }

/** Only the properties that are named. */
function closed(properties: object): object {
  return { type: 'object', additionalProperties: false, properties }
}

const IMAGE = closed({
  repository: TEXT,
  tag: TEXT,
  pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
})

/** The JSON Schema with which Helm checks the values of the chart. */
export function chartValuesSchema(): object {
  return {
    title: 'Values',
    description: 'The values of the Helm chart of mockflared.',
    ...closed({
      // Helm adds it for charts that include this one.
      global: { type: 'object' },
      replicas: COUNT,
      controlToken: TEXT,
      controlTokenSecret: closed({ name: TEXT, key: TEXT }),
      image: IMAGE,
      options: closed(optionProperties(OPTION_NAMES.filter(isChartOption))),
      seeds: { ...TEXTS, propertyNames: { pattern: '^[-\\w.]+\\.json$' } },
      persistence: closed({
        enabled: SWITCH,
        size: QUANTITY,
        storageClassName: TEXT,
        accessModes: { type: 'array', items: { enum: ['ReadWriteOnce', 'ReadWriteOncePod'] } },
      }),
      resources: { type: 'object' },
      balancer: closed({ replicas: COUNT, image: IMAGE, resources: { type: 'object' } }),
      service: closed({ type: { enum: ['ClusterIP', 'NodePort', 'LoadBalancer'] }, annotations: TEXTS }),
      ingress: closed({ enabled: SWITCH, className: TEXT, annotations: TEXTS, host: TEXT, tlsSecret: TEXT }),
      networkPolicy: closed({ enabled: SWITCH, clients: OBJECTS, monitoring: OBJECTS }),
      metrics: closed({
        enabled: SWITCH,
        serviceMonitor: closed({
          enabled: SWITCH,
          interval: { type: 'string', pattern: '^\\d+(?:ms|s|m|h)$' },
          labels: TEXTS,
        }),
      }),
      imagePullSecrets: OBJECTS,
      podAnnotations: TEXTS,
      nodeSelector: TEXTS,
      tolerations: OBJECTS,
    }),
  }
}
