/**
 * What an API server is and serves: its version, its groups, and its resources.
 * <p>
 * Begin with {@link io.github.k8sclient.discovery.DiscoveryClient}, which asks, or with
 * {@link io.github.k8sclient.discovery.RESTMapper}, which remembers the answers and finds
 * the resource of a kind or of a name as on the command line of kubectl.
 */
@NullMarked
package io.github.k8sclient.discovery;

import org.jspecify.annotations.NullMarked;
