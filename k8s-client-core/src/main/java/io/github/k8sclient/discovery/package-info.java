/**
 * What an API server is and serves: its version, its groups and its resources.
 */
@NullMarked
package io.github.k8sclient.discovery;

import org.jspecify.annotations.NullMarked;
