{{/* What all names begin with: short enough for the names that Kubernetes makes of them. */}}
{{- define "hotplex.prefix" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 32 | trimSuffix "-" -}}
{{- end -}}

{{- define "hotplex.name" -}}
{{- include "hotplex.prefix" . }}-cluster
{{- end -}}

{{/* By it everything selects the pods: no other release has the same. */}}
{{- define "hotplex.labels" -}}
{ app.kubernetes.io/name: {{ include "hotplex.name" . }} }
{{- end -}}

{{/* The host without its port. */}}
{{- define "hotplex.hostname" -}}
{{- regexReplaceAll ":[0-9]+$" .Values.host "" -}}
{{- end -}}

{{/* The claim of a volume: "of" are its values, "mode" who may have it. */}}
{{- define "hotplex.claim" -}}
accessModes: [{{ .mode }}]
{{- with .of.storageClass }}
storageClassName: {{ . | quote }}
{{- end }}
resources:
  requests: { storage: {{ .of.size }} }
{{- end -}}

{{/* A variable whose value a Secret has. */}}
{{- define "hotplex.fromSecret" -}}
valueFrom: { secretKeyRef: { name: {{ .name }}, key: {{ .key }} } }
{{- end -}}
