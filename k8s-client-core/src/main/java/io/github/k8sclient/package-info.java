/**
 * The exceptions of this client. All are unchecked and extend
 * {@link io.github.k8sclient.KubernetesException}; a refusal of the API server is a
 * {@link io.github.k8sclient.KubernetesApiException} with the whole status, and of a
 * subtype where callers act differently.
 * <p>
 * The rest is in one package for each concept, named as in client-go. Where to begin:
 * {@link io.github.k8sclient.config.ClientConfigurationLoader} finds the cluster,
 * {@link io.github.k8sclient.rest.RESTClient} talks to it,
 * {@link io.github.k8sclient.client.Clientset} and
 * {@link io.github.k8sclient.dynamic.DynamicClient} know its resources, and
 * {@link io.github.k8sclient.informer.SharedInformerFactory} keeps live copies of them.
 * With the Spring Boot starter, the clients and the factory are beans.
 */
@NullMarked
package io.github.k8sclient;

import org.jspecify.annotations.NullMarked;
