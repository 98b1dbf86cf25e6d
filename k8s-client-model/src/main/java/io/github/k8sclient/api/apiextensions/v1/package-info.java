/**
 * Types of the API version {@code apiextensions.k8s.io/v1}.
 */
@NullMarked
package io.github.k8sclient.api.apiextensions.v1;

import org.jspecify.annotations.NullMarked;
