/**
 * Tokens that identify the client, read and renewed without blocking.
 */
@NullMarked
package io.github.k8sclient.auth;

import org.jspecify.annotations.NullMarked;
