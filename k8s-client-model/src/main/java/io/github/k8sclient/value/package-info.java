/**
 * Values with rules of their own that occur inside API objects: quantities, numbers that
 * may be texts, raw bytes and raw JSON.
 */
@NullMarked
package io.github.k8sclient.value;

import org.jspecify.annotations.NullMarked;
