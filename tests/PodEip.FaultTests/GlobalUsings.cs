// The calls of the Kubernetes client are extension methods of this namespace.
global using k8s;
