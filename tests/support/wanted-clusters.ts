/** Clusters that somebody may want, and how many resources each has. */
export const clusters: Record<string, { resources: number; values: object }> = {
  'as many gateways as one says': { resources: 10, values: { autoscaling: { enabled: false }, replicas: 1 } },
  'secrets of other names, and agents with keys': {
    resources: 11,
    values: {
      fullnameOverride: 'agents',
      host: 'agents.example.org:8443',
      ...{ tls: { existingSecret: 'certificate' }, cluster: { existingSecret: 'seal', secretKey: 'seal' } },
      postgresql: { existingSecret: 'postgres', secretKey: 'uri' },
      ...{ nats: { existingSecret: 'nats', secretKey: 'uri' }, admin: { existingSecret: '' } },
      image: { repository: 'example.org/hotplex', tag: '1.2', pullSecrets: [{ name: 'pull' }] },
      extraEnv: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'gateway' } } }],
      config: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the gateway fills it in.
        security: { api_keys: ['${KEY}'], allowed_hosts: 'chat.example.org,chat.example.net' },
        gateway: { max_frame_size: 4_194_304 },
        worker: { pool: { max: 100 } },
      },
    },
  },
  'addresses as they are': {
    resources: 12,
    values: {
      postgresql: { existingSecret: '', url: 'postgres://hotplex:x@db/hotplex' },
      nats: { existingSecret: '', url: 'nats://nats:4222' },
    },
  },
  'an ingress with a certificate of its own': {
    resources: 12,
    values: { ingress: { enabled: true, className: 'nginx', tls: { existingSecret: 'outside' } } },
  },
  'volumes that are there, on nodes for agents': {
    resources: 8,
    values: {
      ...{
        workspace: { existingClaim: 'nfs-work', label: '1.0' },
        sharedDir: { existingClaim: 'nfs-shared' },
      },
      ...{ home: { existingClaim: 'nfs-home' }, data: { storageClass: 'fast', accessMode: 'ReadWriteOnce' } },
      ...{ nodeSelector: { agents: 'true' }, tolerations: [{ key: 'agents', operator: 'Exists' }] },
      affinity: { podAntiAffinity: {} },
      ...{ extraVolumes: [{ name: 'tools', emptyDir: {} }] },
      ...{ extraVolumeMounts: [{ name: 'tools', mountPath: '/opt/tools' }] },
      ...{ drain: { seconds: 1_800 }, terminationGracePeriodSeconds: 1_820, priorityClassName: 'agents' },
    },
  },
  'a disk for each gateway, and a load balancer': {
    resources: 5,
    values: {
      ...{ workspace: { shared: false, size: '10Gi' }, autoscaling: { enabled: false } },
      ...{ podDisruptionBudget: { enabled: false }, networkPolicy: { enabled: false } },
      service: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', annotations: { internal: 'true' } },
      ...{ serviceAccount: { annotations: { role: 'agents' } }, podAnnotations: { about: 'agents' } },
    },
  },
};
