{{/* Refuses values that cannot be meant together; each says which value and what to do. values.schema.json knows the rest. */}}
{{- define "hotplex.checks" -}}
{{- $values := .Values -}}

{{- range $name := list "postgresql" "nats" -}}
{{- $of := get $values $name -}}
{{- if and $of.url $of.existingSecret -}}
{{- fail (printf "%s.url and %s.existingSecret are both set: set %s.existingSecret to '' to use the address, or leave %s.url out" $name $name $name $name) -}}
{{- end -}}
{{- if not (or $of.url $of.existingSecret) -}}
{{- fail (printf "%s.existingSecret is empty: name the Secret that has the address under the key %s.secretKey" $name $name) -}}
{{- end -}}
{{- end -}}
{{- range $name, $what := dict "cluster" "what seals what gateways say, of `openssl rand -hex 32`, under the key cluster.secretKey" "tls" "the certificate, made with `kubectl create secret tls`" -}}
{{- if not (get $values $name).existingSecret -}}
{{- fail (printf "%s.existingSecret is empty: name the Secret that has %s" $name $what) -}}
{{- end -}}
{{- end -}}

{{- with $values.autoscaling -}}
{{- if .enabled -}}
{{- if kindIs "string" (dig "worker" "pool" "max" 50 $values.config) -}}
{{- fail "config.worker.pool.max is not a number, and autoscaling reckons with it: write the number itself, or set autoscaling.enabled to false" -}}
{{- end -}}
{{- if gt (int .minReplicas) (int .maxReplicas) -}}
{{- fail (printf "autoscaling.minReplicas (%d) is more than autoscaling.maxReplicas (%d): raise the one or lower the other" (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- $places := include "hotplex.places" $ | int -}}
{{- if ge (int .sessionsPerGateway) $places -}}
{{- fail (printf "autoscaling.sessionsPerGateway (%d) is not less than config.worker.pool.max (%d), so that there would never be another gateway: lower it, or raise config.worker.pool.max" (int .sessionsPerGateway) $places) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- $needed := add (int $values.drain.seconds) 20 -}}
{{- if lt (int $values.terminationGracePeriodSeconds) (int $needed) -}}
{{- fail (printf "terminationGracePeriodSeconds (%d) is too short for drain.seconds (%d): agents and sockets end after the turns, so set it to %d or more" (int $values.terminationGracePeriodSeconds) (int $values.drain.seconds) $needed) -}}
{{- end -}}

{{- if and $values.autoscaling.enabled (not $values.workspace.shared) -}}
{{- fail "autoscaling.enabled takes gateways away, and without workspace.shared nobody else can go on with their sessions: set autoscaling.enabled to false and say how many there are by replicas, or set workspace.shared to true" -}}
{{- end -}}
{{- if not $values.workspace.shared -}}
{{- range $name := list "workspace" "sharedDir" "home" -}}
{{- if (get $values $name).existingClaim -}}
{{- fail (printf "%s.existingClaim is one volume for all gateways, and workspace.shared is false: leave the claim out, or set workspace.shared to true" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if and $values.service.externalTrafficPolicy (eq $values.service.type "ClusterIP") -}}
{{- fail "service.externalTrafficPolicy says nothing of a ClusterIP: set service.type to LoadBalancer or NodePort, or leave it out" -}}
{{- end -}}
{{- if and $values.ingress.enabled (ne $values.host (include "hotplex.hostname" .)) -}}
{{- fail (printf "host (%s) has a port, and an ingress listens at 443: leave the port out, or set ingress.enabled to false" $values.host) -}}
{{- end -}}

{{- include "hotplex.configChecks" . -}}
{{- end -}}

{{/* How many agents a gateway has room for: 50 is the gateway's default. */}}
{{- define "hotplex.places" -}}
{{- dig "worker" "pool" "max" 50 .Values.config -}}
{{- end -}}

{{/* Settings that the chart decides, and the value that is meant; their variables are the chart's, too. */}}
{{- define "hotplex.ownSettings" -}}
gateway.addr: pods always listen there; service.port says where clients connect
gateway.tls: set tls.existingSecret
gateway.drain_timeout: set drain.seconds
admin.addr: pods always listen there
admin.allow_remote: leave it out, Prometheus asks from outside, and networkPolicy.operatorsFrom says who may
admin.enabled: leave it out, networkPolicy.operatorsFrom says who may ask
admin.tokens: put them into the Secret of admin.existingSecret
admin.allowed_hosts: leave it out, each pod answers to its own name
db.path: leave it out, each pod has its own volume there
db.url: put it into the Secret of postgresql.existingSecret
cluster.url: put it into the Secret of nats.existingSecret
cluster.secret: put it into the Secret of cluster.existingSecret
cluster.node: leave it out, it is the name of each pod
cluster.workspace: set workspace.label
cluster.shared_dir: leave it out, sharedDir says which volume it is
{{- end -}}

{{/* Settings that are secrets: a ConfigMap can be read by many. */}}
{{- define "hotplex.secretSettings" -}}
- security.api_keys
- security.jwt_secret
- admin.token
- oidc.client_secret
- hooks.targets
- tracing.headers
{{- end -}}

{{- define "hotplex.configChecks" -}}
{{- $config := .Values.config -}}
{{- $variables := list "HOME" "NAMESPACE" "HOTPLEX_SECURITY_ALLOWED_HOSTS" -}}
{{- range $path, $remedy := include "hotplex.ownSettings" . | fromYaml -}}
{{- $at := splitList "." $path -}}
{{- if hasKey (get $config (first $at) | default dict) (last $at) -}}
{{- fail (printf "config.%s is the chart's to say: %s" $path $remedy) -}}
{{- end -}}
{{- $variables = append $variables ($path | replace "." "_" | upper | print "HOTPLEX_") -}}
{{- end -}}
{{- range $path := include "hotplex.secretSettings" . | fromYamlArray -}}
{{- $at := splitList "." $path -}}
{{- $set := get (get $config (first $at) | default dict) (last $at) -}}
{{- range $each := ternary $set (list $set) (kindIs "slice" $set) -}}
{{- if and $each (not (contains "${" (toJson $each))) -}}
{{- fail (printf "config.%s would lie readable in a ConfigMap: write ${NAME} in the place of what is secret, and give NAME by extraEnv from a Secret" $path) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range .Values.extraEnv -}}
{{- if or (has .name $variables) (hasPrefix "HOTPLEX_GATEWAY_TLS_" .name) -}}
{{- fail (printf "extraEnv sets %s, which the chart sets itself: leave it out, another value says it" .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
