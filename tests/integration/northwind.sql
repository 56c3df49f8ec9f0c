-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every supplier must have sold, straight from the files: no code of the program takes part.
-- Money in cents; a line's discount is a share in basis points, rounded half up per line.
SELECT p.SupplierID AS supplier,
       COUNT(*) AS lines,
       COUNT(DISTINCT d.OrderID) AS parts,
       SUM(CAST(d.Quantity AS INTEGER)) AS quantity,
       SUM(x.gross - (x.gross * x.bps + 5000) / 10000) AS money
FROM orderdetails d
JOIN products p ON p.ProductID = d.ProductID
JOIN (SELECT OrderID, ProductID,
             CAST(ROUND(UnitPrice * 100) AS INTEGER) * CAST(Quantity AS INTEGER) AS gross,
             CAST(ROUND(Discount * 10000) AS INTEGER) AS bps
      FROM orderdetails) x ON x.OrderID = d.OrderID AND x.ProductID = d.ProductID
GROUP BY p.SupplierID
ORDER BY CAST(p.SupplierID AS INTEGER);
