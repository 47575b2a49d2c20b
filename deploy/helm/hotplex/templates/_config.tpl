{{/* What the chart decides of the gateway's configuration. */}}
{{- define "hotplex.ownConfig" -}}
gateway:
  addr: 0.0.0.0:8443
  tls: { cert: /tls/tls.crt, key: /tls/tls.key }
limits:
  waiting_sockets_per_address: 64
webchat:
  url: https://{{ .Values.host }}
admin:
  addr: 0.0.0.0:9999
  allow_remote: true
worker:
  default_work_dir: /work
db:
  path: /data/hotplex.db
{{- if .Values.workspace.shared }}
cluster:
  workspace: {{ .Values.workspace.label | quote }}
  shared_dir: /shared
{{- end }}
{{- end -}}

{{/* That, and what values add; the host is always among those that requests may name, because probes name it. */}}
{{- define "hotplex.config" -}}
{{- $config := mergeOverwrite (include "hotplex.ownConfig" . | fromYaml) (deepCopy .Values.config) -}}
{{- $given := get (default dict $config.security) "allowed_hosts" | default list -}}
{{- if kindIs "string" $given }}{{ $given = splitList "," $given }}{{ end -}}
{{- $hosts := prepend $given .Values.host | uniq -}}
{{- toYaml (mergeOverwrite $config (dict "security" (dict "allowed_hosts" $hosts))) -}}
{{- end -}}
