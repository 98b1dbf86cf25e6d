/**
 * Where the client connects to and as whom: kubeconfig files, in-cluster configuration
 * and the resulting {@link io.github.k8sclient.config.ClientConfiguration}.
 */
@NullMarked
package io.github.k8sclient.config;

import org.jspecify.annotations.NullMarked;
