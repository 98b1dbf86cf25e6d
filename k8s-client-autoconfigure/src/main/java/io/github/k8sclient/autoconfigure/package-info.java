/**
 * Spring Boot auto-configuration of the Kubernetes client.
 */
@NullMarked
package io.github.k8sclient.autoconfigure;

import org.jspecify.annotations.NullMarked;
