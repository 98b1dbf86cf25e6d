/**
 * Actuator endpoint of the Kubernetes client.
 */
@NullMarked
package io.github.k8sclient.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
