/**
 * The request benchmark: what single requests cost, beside other clients. The server and
 * each client run in processes of their own.
 */
@NullMarked
package io.github.k8sclient.benchmark.request;

import org.jspecify.annotations.NullMarked;
