/**
 * What identifies the client in its requests: tokens, client certificates, credential
 * plugins and OpenID Connect, read and renewed without blocking.
 * <p>
 * Applications name their credentials in a kubeconfig or by
 * {@link io.github.k8sclient.config.Credentials}, and need nothing of this package. Begin
 * with {@link io.github.k8sclient.auth.TokenProvider} to bring a source of tokens of your
 * own.
 */
@NullMarked
package io.github.k8sclient.auth;

import org.jspecify.annotations.NullMarked;
