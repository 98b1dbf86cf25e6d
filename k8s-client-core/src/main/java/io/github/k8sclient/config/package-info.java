/**
 * Where the client connects to, and as whom.
 * <p>
 * Begin with {@link io.github.k8sclient.config.ClientConfigurationLoader}, which follows
 * the rules of kubectl, or with
 * {@link io.github.k8sclient.config.ClientConfiguration#builder()} for a configuration
 * from elsewhere. {@link io.github.k8sclient.config.KubeConfig} is a kubeconfig file, to
 * be read, merged and changed.
 */
@NullMarked
package io.github.k8sclient.config;

import org.jspecify.annotations.NullMarked;
