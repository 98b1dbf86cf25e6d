/**
 * Spring Boot auto-configuration of the Kubernetes client: clients as beans, configured
 * by the properties {@code k8s.client.*}.
 * <p>
 * Begin with {@link io.github.k8sclient.autoconfigure.InformerRegistration}, a bean that
 * specifies an informer for listeners, and with
 * {@link io.github.k8sclient.autoconfigure.RESTClientCustomizer} and
 * {@link io.github.k8sclient.autoconfigure.SharedInformerCustomizer} to customize them. A
 * bean {@link io.github.k8sclient.autoconfigure.KubernetesConnectionDetails} replaces the
 * properties of the connection.
 */
@NullMarked
package io.github.k8sclient.autoconfigure;

import org.jspecify.annotations.NullMarked;
