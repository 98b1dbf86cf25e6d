/**
 * Spring Boot auto-configuration of the Kubernetes client: clients as beans, made of the
 * properties {@code k8s.client.*}.
 * <p>
 * Begin with {@link io.github.k8sclient.autoconfigure.InformerRegistration}, a bean that
 * says which informer runs for listeners, and with
 * {@link io.github.k8sclient.autoconfigure.RESTClientCustomizer} and
 * {@link io.github.k8sclient.autoconfigure.SharedInformerCustomizer} to change what is
 * made. A bean {@link io.github.k8sclient.autoconfigure.KubernetesConnectionDetails}
 * takes the place of the properties of the connection.
 */
@NullMarked
package io.github.k8sclient.autoconfigure;

import org.jspecify.annotations.NullMarked;
