package io.github.k8sclient.test.conformance;

/**
 * The definition of a custom resource as in the articles: {@code Prometheus}, with the
 * subresources {@code status} and {@code scale}. Each test class has a group of its own.
 */
final class PrometheusDefinition {

	private PrometheusDefinition() {
	}

	static String yaml(String group) {
		return """
				apiVersion: apiextensions.k8s.io/v1
				kind: CustomResourceDefinition
				metadata:
				  name: prometheuses.%1$s
				spec:
				  group: %1$s
				  scope: Namespaced
				  names:
				    kind: Prometheus
				    listKind: PrometheusList
				    plural: prometheuses
				    singular: prometheus
				    shortNames: [prom]
				    categories: [monitoring]
				  versions:
				  - name: v1
				    served: true
				    storage: true
				    subresources:
				      status: {}
				      scale:
				        specReplicasPath: .spec.replicas
				        statusReplicasPath: .status.replicas
				    schema:
				      openAPIV3Schema:
				        type: object
				        properties:
				          spec:
				            type: object
				            x-kubernetes-preserve-unknown-fields: true
				            properties:
				              replicas: {type: integer}
				              version: {type: string}
				          status:
				            type: object
				            x-kubernetes-preserve-unknown-fields: true
				""".formatted(group);
	}

}
