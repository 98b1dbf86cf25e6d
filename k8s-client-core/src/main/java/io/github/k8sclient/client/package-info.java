/**
 * Typed clients: one {@code Clientset} with a client for each group and version, and in
 * it one for each resource.
 */
@NullMarked
package io.github.k8sclient.client;

import org.jspecify.annotations.NullMarked;
